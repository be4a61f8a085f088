using StackExchange.Redis;
public static class Ext {
  public static void Drop(this IDatabase db, string k) => db.KeyDelete(k);
  public static void Touch(this IDatabase db, string k, TimeSpan t) => db.KeyExpire(k, t);
  public static void Put(this IDatabase db, string k) => db.StringSet(k, "v");
}
public class Base5 { protected static readonly TimeSpan T = TimeSpan.FromMinutes(1); protected void DropB(IDatabase db, string k) { db.KeyDelete(k); } protected virtual void DropV(IDatabase db, string k) { db.KeyDelete(k); } }
public partial class A5 : Base5 { partial void DropP(IDatabase db, string k); }
public partial class A5 { partial void DropP(IDatabase db, string k) { db.KeyDelete(k); } }
public partial class A5 {
  public void E1(IDatabase db, string k) { db.StringSet(k, "v"); db.Drop(k); db.KeyExpire(k, T); }
  public void E2(IDatabase db, string k) { db.StringSet(k, "v"); DropB(db, k); db.KeyExpire(k, T); }
  public void E3(IDatabase db, string k) { db.StringSet(k, "v"); DropP(db, k); db.KeyExpire(k, T); }
  public void E5(IDatabase db, string k) { db.StringSet(k, "v"); db.Touch(k, T); } // expect: EXP302
  public void E6(IDatabase db, string k) { db.Put(k); db.Touch(k, T); } // expect: EXP302
  public void E7(IDatabase db, string k) { db.Put(k); db.Touch(k + "x", T); }
  public void E8(IDatabase db, string k) { db.Put(k); DropB(db, k + "x"); db.Touch(k, T); } // expect: EXP302
  public void E9(IDatabase db, string k) { using (new Cleaner(db, k)) { db.StringSet(k, "v"); } db.KeyExpire(k, T); }
  public async Task E10(IDatabase db, string k) { await using (new Cleaner(db, k)) { await db.StringSetAsync(k, "v"); } await db.KeyExpireAsync(k, T); }
  public void E11(IDatabase db, string k) { { using var c = new Cleaner(db, k); db.StringSet(k, "v"); } db.KeyExpire(k, T); }
  sealed class Cleaner(IDatabase db, string k) : IDisposable, IAsyncDisposable { public void Dispose() => db.KeyDelete(k); public async ValueTask DisposeAsync() => await db.KeyDeleteAsync(k); }
  static void Maybe(IDatabase db, string k, bool b) { if (b) db.KeyDelete(k); }
  public void E12(IDatabase db, string k, bool b) { db.StringSet(k, "v"); Maybe(db, k, b); db.KeyExpire(k, T); }
  static void PutWithTtl(IDatabase db, string k) { db.StringSet(k, "v"); db.KeyExpire(k, T); } // expect: EXP302
  public void E13(IDatabase db, string k) { PutWithTtl(db, k); }
  static void Temp(IDatabase db, string k) { db.StringSet(k, "v"); db.KeyDelete(k); }
  public void E14(IDatabase db, string k) { Temp(db, k); db.KeyExpire(k, T); }
  static void TempTry(IDatabase db, string k, Action w) { try { db.StringSet(k, "v"); w(); } finally { db.KeyDelete(k); } }
  public void E15(IDatabase db, string k, Action w) { TempTry(db, k, w); db.KeyExpire(k, T); }
  static void Either(IDatabase db, string k, bool b) { if (b) { db.StringSet(k, "v", T); return; } db.StringSet(k, "v"); }
  public void E16(IDatabase db, string k, bool b) { Either(db, k, b); db.KeyExpire(k, T); } // expect: EXP302
  static void Either2(IDatabase db, string k, bool b) { if (b) { db.StringSet(k, "v"); return; } db.StringSet(k, "v", T); }
  static void Reassign(IDatabase db, string k) { k = k + ":x"; db.StringSet(k, "v"); }
  public void E18(IDatabase db, string k) { Reassign(db, k); db.KeyExpire(k, T); }
  static void ReassignAfter(IDatabase db, string k) { db.StringSet(k, "v"); k = k + ":x"; db.KeyDelete(k); }
  static DateTime Utc(DateTime d) => d.ToUniversalTime();
  static DateTime Same(DateTime d) => d;
  static DateTime SetThen(DateTime d) { d = d.ToUniversalTime(); return d; }
  static DateTime Try(DateTime d) { try { return d; } finally { d = DateTime.UtcNow; } }
  static DateTime Two(DateTime d, bool b) { if (b) return d.ToUniversalTime(); return d; }
  public void D1(IDatabase db, string k) { db.KeyExpire(k, Utc(DateTime.Now.Date)); }
  public void D2(IDatabase db, string k) { db.KeyExpire(k, Same(DateTime.Now.Date)); } // expect: EXP101
  public void D3(IDatabase db, string k) { db.KeyExpire(k, SetThen(DateTime.Now.Date)); }
  public void D4(IDatabase db, string k) { db.KeyExpire(k, Try(DateTime.Now.Date)); } // expect: EXP101
  public void D5(IDatabase db, string k, bool b) { db.KeyExpire(k, Two(DateTime.Now.Date, b)); } // expect: EXP101
  public void D6(IDatabase db, string k) { Func<DateTime> f = () => DateTime.Now.Date; db.KeyExpire(k, f().ToUniversalTime()); }
  DateTime _at = DateTime.Now.Date;
  public void D7(IDatabase db, string k) { _at = DateTime.UtcNow.Date; db.KeyExpire(k, _at); }
  DateTime Prop { get; set; } = DateTime.Now.Date;
  public void D8(IDatabase db, string k) { Prop = DateTime.UtcNow.Date; db.KeyExpire(k, Prop); }
  readonly DateTime _ro = DateTime.Now.Date; public A5() { _ro = DateTime.UtcNow.Date; }
  public void D9(IDatabase db, string k) { db.KeyExpire(k, _ro); }
  static readonly DateTime Ros; static A5() { Ros = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc); }
  public void D10(IDatabase db, string k) { db.KeyExpire(k, Ros); }
  public void D11(IDatabase db, string k) { var w = DateTime.Now.Date; w = w.AddDays(1).ToUniversalTime(); w += TimeSpan.FromHours(1); db.KeyExpire(k, w); }
  public void D12(IDatabase db, string k) { var w = DateTime.Now.Date; Parallel.Invoke(() => w = w.ToUniversalTime()); db.KeyExpire(k, w); }
  public void D13(IDatabase db, string k) { DateTime w; if (DateTime.TryParse(k, out w)) { } else w = DateTime.UtcNow.Date; if (w.Kind != DateTimeKind.Utc) w = w.ToUniversalTime(); db.KeyExpire(k, w); }
  public void D14(IDatabase db, string k, DateTime w) { switch (w.Kind) { case DateTimeKind.Local: w = w.ToUniversalTime(); break; case DateTimeKind.Unspecified: w = DateTime.SpecifyKind(w, DateTimeKind.Utc); break; } db.KeyExpire(k, w); }
  public void D15(IDatabase db, string k) { var w = new DateTime(2030, 1, 1); if (w.Kind == DateTimeKind.Unspecified) w = DateTime.SpecifyKind(w, DateTimeKind.Utc); db.KeyExpire(k, w); }
  public void D16(IDatabase db, string k) { var w = new DateTime(2030, 1, 1); switch (w.Kind) { case DateTimeKind.Unspecified: w = DateTime.SpecifyKind(w, DateTimeKind.Utc); goto case DateTimeKind.Local; case DateTimeKind.Local: w = w.ToUniversalTime(); break; case DateTimeKind.Utc: break; } db.KeyExpire(k, w); }
}
