using System; using System.Threading.Tasks; using StackExchange.Redis;
public sealed class FactoryAttribute : Attribute { }
[Factory]
public class Marked {
  public void M(IDatabase db, string k) { db.KeyExpire(k, TimeSpan.Zero); } // expect: EXP401
}
public class Plain {
  public void M(IDatabase db, string k) { db.KeyExpire(k, TimeSpan.Zero); } // expect: EXP401
}
public class Store {
  // a key helper named like a maker, and one that is not
  static string CreateSlot(string id) => "slot:" + id;
  static string SlotOf(string id) => "slot:" + id;
  public void A(IDatabase db, string id) { db.StringSet(CreateSlot(id), "v"); db.KeyExpire(CreateSlot(id), TimeSpan.FromMinutes(1)); } // expect: EXP302
  public void B(IDatabase db, string id) { db.StringSet(SlotOf(id), "v"); db.KeyExpire(SlotOf(id), TimeSpan.FromMinutes(1)); } // expect: EXP302
}
