// C# 7.3
// Nothing imports TimeSpan: a repair of the write that did would turn CS0246 into other errors at another place.
using StackExchange.Redis;

class A3
{
    static readonly TimeSpan T = TimeSpanFromMinutes();

    SwapKeys(IDatabase db, string a)
    {
        db.StringSet(a, "v")(a)(T = TimeSpan.b);
    }
}
