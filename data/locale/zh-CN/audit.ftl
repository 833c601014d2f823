error-contact-erased = 未删除。此联系人此前已被删除。
error-erase-reason = 未删除。请先填写原因，最多 { $limit } 个字符。
