-- `%q` escapes only quotes, backslashes, line ends and zeros.
print((("%q"):format("a\1b\r\n\0\"c\\"):gsub("%c", function(b) return "<" .. b:byte() .. ">" end)))
