"""The door for officials: all their screens, one module a desk."""
