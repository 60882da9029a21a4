"""How a page is executed: fork server, worker, IPython session, capture, protocol."""
