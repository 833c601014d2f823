format-points = { $value } pp
format-today = today
format-in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
format-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
format-labelled = { $label }: { $value }
