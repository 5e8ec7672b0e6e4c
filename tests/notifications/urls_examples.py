NOT_OWNED = {"notifications:unsubscribe": "the signed token is the permission; test_notify asks"}
