-- `print` writes a string up to its first zero byte.
print("before\0after", "next\0", "\0", "end")
