-- `loadstring` is `load`, and `unpack` is `table.unpack`.
print(loadstring ~= nil and loadstring == load, unpack ~= nil and unpack == (table.unpack or false))
