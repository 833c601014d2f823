demo-step-customers = Inviting 328 customers
demo-step-activity = Two years of daily activity
demo-step-contracts = Subscriptions, contracts, tickets, notes
demo-step-alerts = Looking for teams that fade
demo-step-renewals = Renewals on their way
demo-step-quotes = Quotes and approvals
demo-step-today = Getting today ready
error-not-a-demo = This store holds no demo data. Nothing was removed.
