search-label = 搜索工作台
search-hint = 搜索
search-title = 搜索
search-caption = 客户、联系人、报价单、谈判记录和您可以打开的页面
search-begin = 请输入名称、编号、域名或记录中的词语。
search-too-short = 一个字母会匹配太多内容。请至少输入两个；单个汉字即可搜索。
search-nothing = 您的范围内没有包含“{ $text }”的内容。请检查写法，或只输入名称的一部分。
search-pages = 页面
search-accounts = 客户
search-contacts = 联系人
search-quotes = 报价单
search-notes = 谈判记录
search-count = { $count ->
   *[other] { $count } 条
}
search-more = { $count ->
   *[other] 还有 { $count } 条：请输入更多文字以缩小范围
}
search-inactive = 已离职
