# The pages before the desk: sign-in, and somebody without a role.

entrance-name = VIP Desk
entrance-title = 使用公司账号登录
entrance-text = 您的角色决定可以查看哪些客户。无需单独的密码。
entrance-continue = 前往公司登录
entrance-no-access = 还没有权限？登录后会显示联系人。
entrance-expired = 登录已结束。已保存的内容不会丢失：请重新登录后继续。
entrance-switched-off = 您的 VIP Desk 访问权限已停用。请联系工作台管理员重新启用。
entrance-no-role-title = 您还没有角色
entrance-no-role = 您已以 { $name } 的身份登录，公司账号有效。但尚未有人为您分配 VIP Desk 的角色，因此暂无可显示的内容。
entrance-ask = 请联系 { $names }。分配后重新加载此页面即可。
entrance-ask-nobody = 请联系贵公司负责 VIP Desk 的人员。分配后重新加载此页面即可。
entrance-leave = 退出登录
entrance-and = {" 或 "}
