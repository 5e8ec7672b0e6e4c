EXAMPLES = {"home:period": lambda world: {"pk": world.period.pk}}
