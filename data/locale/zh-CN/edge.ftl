# Answers given before the desk itself is reached.

edge-local-only = 尚未配置企业登录，VIP Desk 只在其运行的机器上提供服务。请在该机器上以 http://localhost 加端口号打开。
edge-key = 此浏览器尚未获准进入。请打开 VIP Desk 启动窗口中最新显示的地址，其中带有只能使用一次的密钥。
edge-sign-in = 此文件仅供已登录的人员使用。请打开 VIP Desk 并登录后重试。
edge-other-name = VIP Desk 不使用此名称提供服务。请通过 { $address } 打开。
