"""The product as its people meet it: in a browser, and over weeks of mornings."""
