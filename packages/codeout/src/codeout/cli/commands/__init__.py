"""The commands, a module each; a module is loaded when its command is called."""
