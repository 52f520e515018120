-- Exit codes beyond a byte wrap around as the system makes them.
print("leaving with 256 + 3")
local keep = {}
for i = 1, 10 do
  keep[i] = i
end
print(#keep)
io.stdout:setvbuf("full")
io.write("buffered text is flushed")
io.write("\n")
os.exit(259)
print("never")
