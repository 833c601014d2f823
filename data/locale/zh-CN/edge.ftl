# Answers given before the desk itself is reached.

edge-local-only = 尚未配置企业登录，VIP Desk 只在其运行的机器上提供服务。请在该机器上以 http://localhost 加端口号打开。
