-- Literals as operands next to all kinds of tokens.
local a = 5
print(a-1, a -1, a+-1, a- -1, 2*-a, a^-1, a//2, a%3, 3-a, -a, - a, 1-1, 0xA-0xa, 1e2-1, 5 .. "",
  1 .. 2, 0x10+1, 1.5+.5, 3 .. 4, a.. a)
print(#"x"+1, -2^2, (-2)^2, 2^-1, not 1==2, 1<2, 1<=1, a~=5, a==5.0, 7//2.0, 7%-3, -7%3, 1<<2|1, ~0,
  ~a&0xF, 5&~1, 1>>1, 3~5)
local t = {1,2;3,[10]=4,[1.5]=5,[-1]=6,[0x20]=7,[1e1]=8}
print(t[10],t[1.5],t[-1],t[32],#t,t[3])
print(1e0, 1e00, 10e-1, 0e5, 0x0p1, 0x1p-1, 0x.8, 0xA.8p0, 1E5, .1e1, 9e307*10,
  0x7fffffffffffffff+1, 1//1, 1/1, -0, 0.0)
for i=3,1,-1 do io.write(i," ") end
for i=1,2,.5 do io.write(i," ") end
print()
return-1
