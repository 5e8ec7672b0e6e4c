from tests.sharing.makers import an_account

EXAMPLES = {"networks:disconnect": lambda world: {"pk": an_account(world.pia).pk}}
