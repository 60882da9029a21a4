def normalize(text):
    return text
