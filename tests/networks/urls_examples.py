from tests.sharing.makers import an_account

EXAMPLES = {"networks:disconnect": lambda world: {"pk": an_account(world.pia).pk}}
_BY_NETWORK = "the key names a network, and what it opens is the asker's own sign-in; test_connect asks"
NOT_OWNED = {"networks:connect": _BY_NETWORK, "networks:callback": _BY_NETWORK}
_FOR_ADMINISTRATORS = "the key names a network, and what it opens is the asker's own app; test_set_up asks"
NOT_OWNED |= {
    f"networks:{name}": _FOR_ADMINISTRATORS for name in ("set_up", "test", "switch", "remove", "budget")
}
