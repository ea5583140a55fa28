"""The data standards of the field, in and out. Filled by the parts that need them."""
