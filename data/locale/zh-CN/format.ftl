format-points = { $value } 个百分点
format-today = 今天
format-in-days = 还有 { $count } 天
format-days-ago = { $count } 天前
format-labelled = { $label }：{ $value }
