-- `utf8` takes surrogates for characters.
print(utf8 and utf8.len("\237\160\128"))
