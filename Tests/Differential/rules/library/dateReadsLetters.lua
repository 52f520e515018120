-- `os.date` takes one letter after each `%`.
print(pcall(os.date, "!%Ey %Od", 0))
