demo-step-customers = 正在创建 328 个客户
demo-step-activity = 正在生成两年的每日活跃度
demo-step-contracts = 正在生成订阅、合同、工单和记录
demo-step-alerts = 正在识别活跃度下滑的团队
demo-step-renewals = 正在推进续约
demo-step-quotes = 正在生成报价单和审批
demo-step-today = 正在准备今天的工作台
error-not-a-demo = 当前数据库不是演示数据，未删除任何内容。
