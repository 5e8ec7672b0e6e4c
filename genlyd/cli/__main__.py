from genlyd.cli.main import main

raise SystemExit(main())
