# The pages before the desk: sign-in, and somebody without a role.

entrance-name = VIP Desk
entrance-title = Sign in with your company account
entrance-text = Your role decides which accounts you see. There is no separate password.
entrance-continue = Continue to company sign-in
entrance-no-access = No access yet? Sign in to see whom to ask.
entrance-expired = Your sign-in has ended. Nothing that was saved is lost: sign in again to go on.
entrance-switched-off = Your access to VIP Desk was switched off. An admin of the desk can switch it on again.
entrance-no-role-title = You have no role yet
entrance-no-role = You are signed in as { $name }, and the company knows you. Nobody has given you a role in VIP Desk yet, so there is nothing to show.
entrance-ask = Ask { $names } for a role, then reload this page.
entrance-ask-nobody = Ask whoever runs VIP Desk for your company, then reload this page.
entrance-leave = Sign out
entrance-and = {" or "}
