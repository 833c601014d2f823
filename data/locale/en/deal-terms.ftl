quotes-field-clause-topup = Top-up right
builder-clause-topup = Right to more seats at the same price
builder-clause-topup-text = The customer may add seats at any time during the term at the unit price of this quote; added seats end with the term and are charged by day.
quotes-field-credit-limit = Credit limit
builder-line-label = Department
builder-line-label-help = Lines of one product reach their volume step together, whichever department they are for.
error-prepay-one-only = Prepaying brings the discount or the free service, not both. Take one of them out.
concessions-tenure = Tenure rebate for { $years ->
    [one] one year
   *[other] { $years } years
} with us, { $share }: { $worth }
document-clause-credit = Credit limit
document-clause-credit-text = Open invoices may come to { $limit } together.
