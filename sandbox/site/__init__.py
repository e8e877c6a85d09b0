"""What the browser page and the test driver use: reading, acting, live news, the next day."""
