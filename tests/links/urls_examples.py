from tests.links.makers import a_domain, a_house_link, a_target

EXAMPLES = {
    **{
        f"links:{name}": lambda world: {"pk": a_house_link(world).pk}
        for name in ("link", "change", "retire", "reopen", "qr_svg", "qr_png")
    },
    **{
        f"links:{name}": lambda world: {"pk": a_domain(world.fjordkraft).pk}
        for name in ("domain", "check_domain", "prefer_domain", "remove_domain")
    },
    "links:target": lambda world: {"pk": a_target(world).pk},
}
