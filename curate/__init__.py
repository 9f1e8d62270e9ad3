"""Make and curate reasoning data: a recipe in, fine-tuning shards out."""

__version__ = "0.1.0"
