# Answers given before the desk itself is reached.

edge-local-only = VIP Desk answers only on the machine it runs on, because company sign-in is not set up. Open it there as http://localhost with its port.
edge-key = This browser has not been let in yet. Open the newest address that VIP Desk printed where it was started; it holds a key that works once.
edge-sign-in = This file is for people who are signed in. Open VIP Desk, sign in, and try again.
edge-other-name = VIP Desk does not answer under this name. Open it at { $address }.
