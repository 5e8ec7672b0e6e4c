HELP = "check what goes wrong when one runs Genlyd oneself, and say how to mend it"
