-- Aggregation of records into a sorted report with totals.
local csv = [[
fruit,apple,3,0.5
fruit,pear,2,0.75
tool,hammer,1,12.99
tool,nail,100,0.02
fruit,fig,10,0.2
misc,tape,4,1.5]]
local groups, order = {}, {}
for line in csv:gmatch("[^\n]+") do
  local g, name, n, price = line:match("^([^,]*),([^,]*),(%d+),([%d.]+)$")
  n, price = math.tointeger(n) or tonumber(n), tonumber(price)
  if not groups[g] then groups[g] = {items = {}, total = 0, count = 0} order[#order + 1] = g end
  local grp = groups[g]
  grp.items[#grp.items + 1] = {name = name, n = n, price = price}
  grp.total = grp.total + n * price grp.count = grp.count + n
end
table.sort(order)
local sum = 0
for _, g in ipairs(order) do
  local grp = groups[g]
  table.sort(grp.items, function(a, b) return a.n * a.price > b.n * b.price end)
  print(("== %s (%d)"):format(g:upper(), grp.count))
  for _, it in ipairs(grp.items) do
    print(("  %-10s %4d x %6.2f = %8.2f"):format(it.name, it.n, it.price, it.n * it.price))
  end
  print(("  %-10s %24.2f"):format("subtotal", grp.total))
  sum = sum + grp.total
end
print(("%-12s %24.2f"):format("TOTAL", sum))
local best
for _, g in ipairs(order) do
  if not best or groups[g].total > groups[best].total then best = g end
end
print("best", best)
local function percent(g) return ("%5.1f%%"):format(groups[g].total / sum * 100) end
for _, g in ipairs(order) do io.write(g, percent(g), " ") end
print()
local hist = {}
for _, g in ipairs(order) do
  for _, it in ipairs(groups[g].items) do
    local k = it.price < 1 and "cheap" or it.price < 10 and "medium" or "dear"
    hist[k] = (hist[k] or 0) + 1
  end
end
for _, k in ipairs {"cheap", "medium", "dear"} do
  print(("%-7s %s"):format(k, ("*"):rep(hist[k] or 0)))
end
