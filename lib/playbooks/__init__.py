"""Playbooks: what is done with an account and when, as data; runs of them, milestones, and all tasks."""
