from tests.world import World


def test_cast_belongs_to_two_organisations(world: World) -> None:
    assert world.pia.organisation != world.oda.organisation
    assert world.lene.role_kinds == {"lead"}
