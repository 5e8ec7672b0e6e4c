NOT_OWNED = {
    "demo:news": "the made-up organisation's public web site, in the demonstration only: tests/home/test_demo.py"
}
