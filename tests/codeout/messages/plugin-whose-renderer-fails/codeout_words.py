mime = "application/vnd.words"


def render(data):
    return ["text/plain"]
