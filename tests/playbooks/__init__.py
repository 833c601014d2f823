"""Tests of playbooks and tasks."""
