"""What commands print for machines: dataclasses, written as JSON and described by a JSON Schema."""
