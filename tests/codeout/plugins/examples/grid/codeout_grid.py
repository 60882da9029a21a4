"""Shows grids of numbers from 0 to 255, as JSON has them, as pictures."""

mime = "application/vnd.example.grid+json"


def render(data: object) -> dict[str, object]:
    """A picture, with a square for each number."""
    if not isinstance(data, dict):
        raise TypeError("a grid is an object with `rows`")
    squares = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1" fill="rgb({grey},{grey},{grey})"/>'
        for y, row in enumerate(data["rows"])
        for x, grey in enumerate(row)
    )
    size = f"{len(data['rows'][0])} {len(data['rows'])}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
    return {"image/svg+xml": f"{head}{squares}</svg>"}
