accounts-tag-label = 标签
accounts-tag-all = 全部标签
accounts-col-tags = 标签
accounts-several = 多选
accounts-several-end = 单选
accounts-tick = 勾选客户后可一并处理。
accounts-ticked = 已勾选 { $count } 个
accounts-bulk-assign = 分配
accounts-bulk-tag = 添加标签
accounts-bulk-snooze = 暂缓预警
accounts-bulk-task = 新建任务
accounts-bulk-assign-do = 分配 { $count } 个客户
accounts-bulk-tag-do = 为 { $count } 个客户添加标签
accounts-bulk-snooze-do = 暂缓 { $count } 个客户的预警
accounts-bulk-task-do = 为 { $count } 个客户新建任务
accounts-bulk-names = { $more ->
    [0] { $names }
   *[other] { $names }，另有 { $more } 个
}
accounts-bulk-saved = 已完成
accounts-bulk-done = { $refused ->
    [0] 已更改 { $done } 个，无拒绝。
   *[other] 已更改 { $done } 个，拒绝 { $refused } 个：
}
accounts-bulk-undo = 撤销整批
accounts-bulk-undone = 整批已撤销
accounts-field-until = 至
accounts-field-task-title = 任务
error-bulk-tagged-already = 未添加：该客户已有这些标签。
error-bulk-no-alert = 未暂缓：没有未结且未暂缓的预警。
error-bulk-count = 未保存：请勾选 1 至 { $most } 个客户。
