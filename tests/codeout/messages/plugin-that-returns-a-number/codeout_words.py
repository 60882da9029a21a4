def normalize(text):
    return len(text.split())
