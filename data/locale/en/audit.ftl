error-contact-erased = Not erased. This contact was erased already.
error-erase-reason = Not erased. Write the reason first, in at most { $limit } characters.
