# Answers given before the desk itself is reached.

edge-local-only = VIP Desk answers only on the machine it runs on, because company sign-in is not set up. Open it there as http://localhost with its port.
