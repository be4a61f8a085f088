using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {
Func<string, string> a0 = s => s + s;
Func<string, string> a1 = s => a0(a0(s));
Func<string, string> a2 = s => a1(a1(s));
Func<string, string> a3 = s => a2(a2(s));
Func<string, string> a4 = s => a3(a3(s));
Func<string, string> a5 = s => a4(a4(s));
Func<string, string> a6 = s => a5(a5(s));
Func<string, string> a7 = s => a6(a6(s));
Func<string, string> a8 = s => a7(a7(s));
Func<string, string> a9 = s => a8(a8(s));
Func<string, string> a10 = s => a9(a9(s));
Func<string, string> a11 = s => a10(a10(s));
Func<string, string> a12 = s => a11(a11(s));
Func<string, string> a13 = s => a12(a12(s));
Func<string, string> a14 = s => a13(a13(s));
Func<string, string> a15 = s => a14(a14(s));
Func<string, string> a16 = s => a15(a15(s));
Func<string, string> a17 = s => a16(a16(s));
Func<string, string> a18 = s => a17(a17(s));
Func<string, string> a19 = s => a18(a18(s));
Func<string, string> a20 = s => a19(a19(s));
Func<string, string> a21 = s => a20(a20(s));
Func<string, string> a22 = s => a21(a21(s));
Func<string, string> a23 = s => a22(a22(s));
Func<string, string> a24 = s => a23(a23(s));
Func<string, string> a25 = s => a24(a24(s));
Func<string, string> a26 = s => a25(a25(s));
Func<string, string> a27 = s => a26(a26(s));
Func<string, string> a28 = s => a27(a27(s));
Func<string, string> a29 = s => a28(a28(s));
Func<string, string> a30 = s => a29(a29(s));
Func<string, string> a31 = s => a30(a30(s));
Func<string, string> a32 = s => a31(a31(s));
Func<string, string> a33 = s => a32(a32(s));
Func<string, string> a34 = s => a33(a33(s));
Func<string, string> a35 = s => a34(a34(s));
Func<string, string> a36 = s => a35(a35(s));
Func<string, string> a37 = s => a36(a36(s));
Func<string, string> a38 = s => a37(a37(s));
Func<string, string> a39 = s => a38(a38(s));
Func<string, string> a40 = s => a39(a39(s));
Func<string, string> a41 = s => a40(a40(s));
Func<string, string> a42 = s => a41(a41(s));
Func<string, string> a43 = s => a42(a42(s));
Func<string, string> a44 = s => a43(a43(s));
Func<string, string> a45 = s => a44(a44(s));
Func<string, string> a46 = s => a45(a45(s));
Func<string, string> a47 = s => a46(a46(s));
Func<string, string> a48 = s => a47(a47(s));
Func<string, string> a49 = s => a48(a48(s));
Func<string, string> a50 = s => a49(a49(s));
Func<string, string> a51 = s => a50(a50(s));
Func<string, string> a52 = s => a51(a51(s));
Func<string, string> a53 = s => a52(a52(s));
Func<string, string> a54 = s => a53(a53(s));
Func<string, string> a55 = s => a54(a54(s));
Func<string, string> a56 = s => a55(a55(s));
Func<string, string> a57 = s => a56(a56(s));
Func<string, string> a58 = s => a57(a57(s));
Func<string, string> a59 = s => a58(a58(s));
Func<string, string> a60 = s => a59(a59(s));
db.StringSet(a60(k), 1); db.KeyExpire(a60(k), t);
Action b0 = () => { db.StringSet(k, 1); db.KeyExpire(k, t); k += k; };
Action b1 = () => { b0(); b0(); };
Action b2 = () => { b1(); b1(); };
Action b3 = () => { b2(); b2(); };
Action b4 = () => { b3(); b3(); };
Action b5 = () => { b4(); b4(); };
Action b6 = () => { b5(); b5(); };
Action b7 = () => { b6(); b6(); };
Action b8 = () => { b7(); b7(); };
Action b9 = () => { b8(); b8(); };
Action b10 = () => { b9(); b9(); };
Action b11 = () => { b10(); b10(); };
Action b12 = () => { b11(); b11(); };
Action b13 = () => { b12(); b12(); };
Action b14 = () => { b13(); b13(); };
Action b15 = () => { b14(); b14(); };
Action b16 = () => { b15(); b15(); };
Action b17 = () => { b16(); b16(); };
Action b18 = () => { b17(); b17(); };
Action b19 = () => { b18(); b18(); };
Action b20 = () => { b19(); b19(); };
Action b21 = () => { b20(); b20(); };
Action b22 = () => { b21(); b21(); };
Action b23 = () => { b22(); b22(); };
Action b24 = () => { b23(); b23(); };
Action b25 = () => { b24(); b24(); };
Action b26 = () => { b25(); b25(); };
Action b27 = () => { b26(); b26(); };
Action b28 = () => { b27(); b27(); };
Action b29 = () => { b28(); b28(); };
Action b30 = () => { b29(); b29(); };
Action b31 = () => { b30(); b30(); };
Action b32 = () => { b31(); b31(); };
Action b33 = () => { b32(); b32(); };
Action b34 = () => { b33(); b33(); };
Action b35 = () => { b34(); b34(); };
Action b36 = () => { b35(); b35(); };
Action b37 = () => { b36(); b36(); };
Action b38 = () => { b37(); b37(); };
Action b39 = () => { b38(); b38(); };
Action b40 = () => { b39(); b39(); };
Action b41 = () => { b40(); b40(); };
Action b42 = () => { b41(); b41(); };
Action b43 = () => { b42(); b42(); };
Action b44 = () => { b43(); b43(); };
Action b45 = () => { b44(); b44(); };
Action b46 = () => { b45(); b45(); };
Action b47 = () => { b46(); b46(); };
Action b48 = () => { b47(); b47(); };
Action b49 = () => { b48(); b48(); };
Action b50 = () => { b49(); b49(); };
Action b51 = () => { b50(); b50(); };
Action b52 = () => { b51(); b51(); };
Action b53 = () => { b52(); b52(); };
Action b54 = () => { b53(); b53(); };
Action b55 = () => { b54(); b54(); };
Action b56 = () => { b55(); b55(); };
Action b57 = () => { b56(); b56(); };
Action b58 = () => { b57(); b57(); };
Action b59 = () => { b58(); b58(); };
Action b60 = () => { b59(); b59(); };
b60(); db.KeyExpire(k, t);
Action c0 = b0;
Action c1 = c0 + c0;
Action c2 = c1 + c1;
Action c3 = c2 + c2;
Action c4 = c3 + c3;
Action c5 = c4 + c4;
Action c6 = c5 + c5;
Action c7 = c6 + c6;
Action c8 = c7 + c7;
Action c9 = c8 + c8;
Action c10 = c9 + c9;
Action c11 = c10 + c10;
Action c12 = c11 + c11;
Action c13 = c12 + c12;
Action c14 = c13 + c13;
Action c15 = c14 + c14;
Action c16 = c15 + c15;
Action c17 = c16 + c16;
Action c18 = c17 + c17;
Action c19 = c18 + c18;
Action c20 = c19 + c19;
Action c21 = c20 + c20;
Action c22 = c21 + c21;
Action c23 = c22 + c22;
Action c24 = c23 + c23;
Action c25 = c24 + c24;
Action c26 = c25 + c25;
Action c27 = c26 + c26;
Action c28 = c27 + c27;
Action c29 = c28 + c28;
Action c30 = c29 + c29;
Action c31 = c30 + c30;
Action c32 = c31 + c31;
Action c33 = c32 + c32;
Action c34 = c33 + c33;
Action c35 = c34 + c34;
Action c36 = c35 + c35;
Action c37 = c36 + c36;
Action c38 = c37 + c37;
Action c39 = c38 + c38;
Action c40 = c39 + c39;
Action c41 = c40 + c40;
Action c42 = c41 + c41;
Action c43 = c42 + c42;
Action c44 = c43 + c43;
Action c45 = c44 + c44;
Action c46 = c45 + c45;
Action c47 = c46 + c46;
Action c48 = c47 + c47;
Action c49 = c48 + c48;
Action c50 = c49 + c49;
Action c51 = c50 + c50;
Action c52 = c51 + c51;
Action c53 = c52 + c52;
Action c54 = c53 + c53;
Action c55 = c54 + c54;
Action c56 = c55 + c55;
Action c57 = c56 + c56;
Action c58 = c57 + c57;
Action c59 = c58 + c58;
Action c60 = c59 + c59;
c60(); db.KeyExpire(k, d);
void L0() { db.StringSet(k, 1); db.KeyExpire(k, t); k += k; d = d.AddDays(1); }
void L1() { L0(); L0(); }
void L2() { L1(); L1(); }
void L3() { L2(); L2(); }
void L4() { L3(); L3(); }
void L5() { L4(); L4(); }
void L6() { L5(); L5(); }
void L7() { L6(); L6(); }
void L8() { L7(); L7(); }
void L9() { L8(); L8(); }
void L10() { L9(); L9(); }
void L11() { L10(); L10(); }
void L12() { L11(); L11(); }
void L13() { L12(); L12(); }
void L14() { L13(); L13(); }
void L15() { L14(); L14(); }
void L16() { L15(); L15(); }
void L17() { L16(); L16(); }
void L18() { L17(); L17(); }
void L19() { L18(); L18(); }
void L20() { L19(); L19(); }
void L21() { L20(); L20(); }
void L22() { L21(); L21(); }
void L23() { L22(); L22(); }
void L24() { L23(); L23(); }
void L25() { L24(); L24(); }
void L26() { L25(); L25(); }
void L27() { L26(); L26(); }
void L28() { L27(); L27(); }
void L29() { L28(); L28(); }
void L30() { L29(); L29(); }
void L31() { L30(); L30(); }
void L32() { L31(); L31(); }
void L33() { L32(); L32(); }
void L34() { L33(); L33(); }
void L35() { L34(); L34(); }
void L36() { L35(); L35(); }
void L37() { L36(); L36(); }
void L38() { L37(); L37(); }
void L39() { L38(); L38(); }
void L40() { L39(); L39(); }
void L41() { L40(); L40(); }
void L42() { L41(); L41(); }
void L43() { L42(); L42(); }
void L44() { L43(); L43(); }
void L45() { L44(); L44(); }
void L46() { L45(); L45(); }
void L47() { L46(); L46(); }
void L48() { L47(); L47(); }
void L49() { L48(); L48(); }
void L50() { L49(); L49(); }
void L51() { L50(); L50(); }
void L52() { L51(); L51(); }
void L53() { L52(); L52(); }
void L54() { L53(); L53(); }
void L55() { L54(); L54(); }
void L56() { L55(); L55(); }
void L57() { L56(); L56(); }
void L58() { L57(); L57(); }
void L59() { L58(); L58(); }
void L60() { L59(); L59(); }
L60(); db.KeyExpire(k, d);
string S0(string s) => s + s;
string S1(string s) => S0(s) + S0(S0(s));
string S2(string s) => S1(s) + S1(S1(s));
string S3(string s) => S2(s) + S2(S2(s));
string S4(string s) => S3(s) + S3(S3(s));
string S5(string s) => S4(s) + S4(S4(s));
string S6(string s) => S5(s) + S5(S5(s));
string S7(string s) => S6(s) + S6(S6(s));
string S8(string s) => S7(s) + S7(S7(s));
string S9(string s) => S8(s) + S8(S8(s));
string S10(string s) => S9(s) + S9(S9(s));
string S11(string s) => S10(s) + S10(S10(s));
string S12(string s) => S11(s) + S11(S11(s));
string S13(string s) => S12(s) + S12(S12(s));
string S14(string s) => S13(s) + S13(S13(s));
string S15(string s) => S14(s) + S14(S14(s));
string S16(string s) => S15(s) + S15(S15(s));
string S17(string s) => S16(s) + S16(S16(s));
string S18(string s) => S17(s) + S17(S17(s));
string S19(string s) => S18(s) + S18(S18(s));
string S20(string s) => S19(s) + S19(S19(s));
string S21(string s) => S20(s) + S20(S20(s));
string S22(string s) => S21(s) + S21(S21(s));
string S23(string s) => S22(s) + S22(S22(s));
string S24(string s) => S23(s) + S23(S23(s));
string S25(string s) => S24(s) + S24(S24(s));
string S26(string s) => S25(s) + S25(S25(s));
string S27(string s) => S26(s) + S26(S26(s));
string S28(string s) => S27(s) + S27(S27(s));
string S29(string s) => S28(s) + S28(S28(s));
string S30(string s) => S29(s) + S29(S29(s));
string S31(string s) => S30(s) + S30(S30(s));
string S32(string s) => S31(s) + S31(S31(s));
string S33(string s) => S32(s) + S32(S32(s));
string S34(string s) => S33(s) + S33(S33(s));
string S35(string s) => S34(s) + S34(S34(s));
string S36(string s) => S35(s) + S35(S35(s));
string S37(string s) => S36(s) + S36(S36(s));
string S38(string s) => S37(s) + S37(S37(s));
string S39(string s) => S38(s) + S38(S38(s));
string S40(string s) => S39(s) + S39(S39(s));
string S41(string s) => S40(s) + S40(S40(s));
string S42(string s) => S41(s) + S41(S41(s));
string S43(string s) => S42(s) + S42(S42(s));
string S44(string s) => S43(s) + S43(S43(s));
string S45(string s) => S44(s) + S44(S44(s));
string S46(string s) => S45(s) + S45(S45(s));
string S47(string s) => S46(s) + S46(S46(s));
string S48(string s) => S47(s) + S47(S47(s));
string S49(string s) => S48(s) + S48(S48(s));
string S50(string s) => S49(s) + S49(S49(s));
string S51(string s) => S50(s) + S50(S50(s));
string S52(string s) => S51(s) + S51(S51(s));
string S53(string s) => S52(s) + S52(S52(s));
string S54(string s) => S53(s) + S53(S53(s));
string S55(string s) => S54(s) + S54(S54(s));
string S56(string s) => S55(s) + S55(S55(s));
string S57(string s) => S56(s) + S56(S56(s));
string S58(string s) => S57(s) + S57(S57(s));
string S59(string s) => S58(s) + S58(S58(s));
string S60(string s) => S59(s) + S59(S59(s));
db.StringSet(S60(k), 1); db.KeyExpire(S60(k), t);
async Task A0() { await db.StringSetAsync(k, 1); await db.KeyExpireAsync(k, t); }
async Task A1() { await Task.WhenAll(A0(), Task.Run(A0), Task.Run(() => A0())); }
async Task A2() { await Task.WhenAll(A1(), Task.Run(A1), Task.Run(() => A1())); }
async Task A3() { await Task.WhenAll(A2(), Task.Run(A2), Task.Run(() => A2())); }
async Task A4() { await Task.WhenAll(A3(), Task.Run(A3), Task.Run(() => A3())); }
async Task A5() { await Task.WhenAll(A4(), Task.Run(A4), Task.Run(() => A4())); }
async Task A6() { await Task.WhenAll(A5(), Task.Run(A5), Task.Run(() => A5())); }
async Task A7() { await Task.WhenAll(A6(), Task.Run(A6), Task.Run(() => A6())); }
async Task A8() { await Task.WhenAll(A7(), Task.Run(A7), Task.Run(() => A7())); }
async Task A9() { await Task.WhenAll(A8(), Task.Run(A8), Task.Run(() => A8())); }
async Task A10() { await Task.WhenAll(A9(), Task.Run(A9), Task.Run(() => A9())); }
async Task A11() { await Task.WhenAll(A10(), Task.Run(A10), Task.Run(() => A10())); }
async Task A12() { await Task.WhenAll(A11(), Task.Run(A11), Task.Run(() => A11())); }
async Task A13() { await Task.WhenAll(A12(), Task.Run(A12), Task.Run(() => A12())); }
async Task A14() { await Task.WhenAll(A13(), Task.Run(A13), Task.Run(() => A13())); }
async Task A15() { await Task.WhenAll(A14(), Task.Run(A14), Task.Run(() => A14())); }
async Task A16() { await Task.WhenAll(A15(), Task.Run(A15), Task.Run(() => A15())); }
async Task A17() { await Task.WhenAll(A16(), Task.Run(A16), Task.Run(() => A16())); }
async Task A18() { await Task.WhenAll(A17(), Task.Run(A17), Task.Run(() => A17())); }
async Task A19() { await Task.WhenAll(A18(), Task.Run(A18), Task.Run(() => A18())); }
async Task A20() { await Task.WhenAll(A19(), Task.Run(A19), Task.Run(() => A19())); }
async Task A21() { await Task.WhenAll(A20(), Task.Run(A20), Task.Run(() => A20())); }
async Task A22() { await Task.WhenAll(A21(), Task.Run(A21), Task.Run(() => A21())); }
async Task A23() { await Task.WhenAll(A22(), Task.Run(A22), Task.Run(() => A22())); }
async Task A24() { await Task.WhenAll(A23(), Task.Run(A23), Task.Run(() => A23())); }
async Task A25() { await Task.WhenAll(A24(), Task.Run(A24), Task.Run(() => A24())); }
async Task A26() { await Task.WhenAll(A25(), Task.Run(A25), Task.Run(() => A25())); }
async Task A27() { await Task.WhenAll(A26(), Task.Run(A26), Task.Run(() => A26())); }
async Task A28() { await Task.WhenAll(A27(), Task.Run(A27), Task.Run(() => A27())); }
async Task A29() { await Task.WhenAll(A28(), Task.Run(A28), Task.Run(() => A28())); }
async Task A30() { await Task.WhenAll(A29(), Task.Run(A29), Task.Run(() => A29())); }
async Task A31() { await Task.WhenAll(A30(), Task.Run(A30), Task.Run(() => A30())); }
async Task A32() { await Task.WhenAll(A31(), Task.Run(A31), Task.Run(() => A31())); }
async Task A33() { await Task.WhenAll(A32(), Task.Run(A32), Task.Run(() => A32())); }
async Task A34() { await Task.WhenAll(A33(), Task.Run(A33), Task.Run(() => A33())); }
async Task A35() { await Task.WhenAll(A34(), Task.Run(A34), Task.Run(() => A34())); }
async Task A36() { await Task.WhenAll(A35(), Task.Run(A35), Task.Run(() => A35())); }
async Task A37() { await Task.WhenAll(A36(), Task.Run(A36), Task.Run(() => A36())); }
async Task A38() { await Task.WhenAll(A37(), Task.Run(A37), Task.Run(() => A37())); }
async Task A39() { await Task.WhenAll(A38(), Task.Run(A38), Task.Run(() => A38())); }
async Task A40() { await Task.WhenAll(A39(), Task.Run(A39), Task.Run(() => A39())); }
async Task A41() { await Task.WhenAll(A40(), Task.Run(A40), Task.Run(() => A40())); }
async Task A42() { await Task.WhenAll(A41(), Task.Run(A41), Task.Run(() => A41())); }
async Task A43() { await Task.WhenAll(A42(), Task.Run(A42), Task.Run(() => A42())); }
async Task A44() { await Task.WhenAll(A43(), Task.Run(A43), Task.Run(() => A43())); }
async Task A45() { await Task.WhenAll(A44(), Task.Run(A44), Task.Run(() => A44())); }
async Task A46() { await Task.WhenAll(A45(), Task.Run(A45), Task.Run(() => A45())); }
async Task A47() { await Task.WhenAll(A46(), Task.Run(A46), Task.Run(() => A46())); }
async Task A48() { await Task.WhenAll(A47(), Task.Run(A47), Task.Run(() => A47())); }
async Task A49() { await Task.WhenAll(A48(), Task.Run(A48), Task.Run(() => A48())); }
async Task A50() { await Task.WhenAll(A49(), Task.Run(A49), Task.Run(() => A49())); }
async Task A51() { await Task.WhenAll(A50(), Task.Run(A50), Task.Run(() => A50())); }
async Task A52() { await Task.WhenAll(A51(), Task.Run(A51), Task.Run(() => A51())); }
async Task A53() { await Task.WhenAll(A52(), Task.Run(A52), Task.Run(() => A52())); }
async Task A54() { await Task.WhenAll(A53(), Task.Run(A53), Task.Run(() => A53())); }
async Task A55() { await Task.WhenAll(A54(), Task.Run(A54), Task.Run(() => A54())); }
async Task A56() { await Task.WhenAll(A55(), Task.Run(A55), Task.Run(() => A55())); }
async Task A57() { await Task.WhenAll(A56(), Task.Run(A56), Task.Run(() => A56())); }
async Task A58() { await Task.WhenAll(A57(), Task.Run(A57), Task.Run(() => A57())); }
async Task A59() { await Task.WhenAll(A58(), Task.Run(A58), Task.Run(() => A58())); }
async Task A60() { await Task.WhenAll(A59(), Task.Run(A59), Task.Run(() => A59())); }
await A60();
}
}