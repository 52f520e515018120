-- What searchers say begins with a line end, and empty templates are passed over.
package.path, package.cpath = "./?.none;;", ""
print((select(2, pcall(require, "nothing")):gsub("^.-module", "module")))
