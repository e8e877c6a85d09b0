"""What goes with leaving, from the workspace's own data: cases, figures, guard, forecast."""
