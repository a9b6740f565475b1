"""The commands, one module each; `main.py` imports a module only when its command is called."""
