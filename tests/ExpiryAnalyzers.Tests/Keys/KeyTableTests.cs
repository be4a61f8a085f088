using System.Collections.Immutable;
using ExpiryAnalyzers.Keys;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>The laws of keys as trees.</summary>
public sealed class KeyTableTests
{
    private static readonly Seen Variables = Seen.In("See(a); See(b); See(c); See(this);");

    private readonly KeyTable _table = new();
    private readonly Key _a;
    private readonly Key _b;
    private readonly Key _c;

    public KeyTableTests()
    {
        _a = _table.Var(Variables[0]!.Symbol!);
        _b = _table.Var(Variables[1]!.Symbol!);
        _c = _table.Var(Variables[2]!.Symbol!);
    }

    [Fact]
    public void EqualKeysAreTheSameObject()
    {
        Assert.Same(_table.Text("x"), _table.Text("x"));
        Assert.Same(_table.Row([_a, _table.Text(":"), _b]), _table.Row([_a, _table.Text(":"), _b]));
        Assert.NotSame(_table.Row([_a, _b]), _table.Row([_b, _a]));
    }

    [Fact]
    public void RowsInRowsAreFlat()
    {
        Key flat = _table.Row([_a, _b, _c]);
        Assert.Same(flat, _table.Row([_a, _table.Row([_b, _c])]));
        Assert.Same(flat, _table.Row([_table.Row([_a, _b]), _c]));
    }

    [Fact]
    public void NeighbouringConstantsAreOne()
    {
        Key row = _table.Row([_a, _table.Text("x"), _table.Text(""), _table.Text("y")]);
        Assert.Same(_table.Row([_a, _table.Text("xy")]), row);
        Assert.Same(_table.Text("xy"), _table.Row([_table.Text("x"), _table.Text("y")]));
        Assert.Same(_a, _table.Row([_a, _table.Text("")]));
        Assert.Same(_table.Text(""), _table.Row([]));
    }

    [Fact]
    public void ParametersAreReplacedAllAtOnce()
    {
        Dictionary<ISymbol, Key> swap = new(SymbolEqualityComparer.Default) { [_a.Symbol!] = _b, [_b.Symbol!] = _a };
        Assert.Same(_table.Row([_b, _table.Text(":"), _a]), _table.Substitute(_table.Row([_a, _table.Text(":"), _b]), swap));
    }

    [Fact]
    public void ReplacingMergesConstants()
    {
        Dictionary<ISymbol, Key> values = new(SymbolEqualityComparer.Default) { [_a.Symbol!] = _table.Text("x") };
        Assert.Same(_table.Text("k:x!"), _table.Substitute(_table.Row([_table.Text("k:"), _a, _table.Text("!")]), values));
    }

    [Fact]
    public void WhatHangsOnThisHangsOnTheReceiver()
    {
        Key member = _table.Member(_a.Symbol!, ImmutableArray.Create(_table.This));
        Assert.Same(_table.Member(_a.Symbol!, ImmutableArray.Create(_b)), _table.On(member, _b));
        Assert.Contains(_b.Symbol!, _table.On(member, _b).Symbols);
    }

    [Fact]
    public void KeysOfAnotherTableAreImported()
    {
        KeyTable other = new();
        Key foreign = other.Row([other.Text("k:"), other.Var(_a.Symbol!)]);
        Assert.NotEqual(foreign, _table.Row([_table.Text("k:"), _a]));
        Assert.Same(_table.Row([_table.Text("k:"), _a]), _table.Import(foreign));
    }

    [Fact]
    public void AVariableOfALoopIsTheElement_AndStillAnotherEachRound()
    {
        Key each = _table.Each(_c);
        Key one = _table.Round(_a.Symbol!, each);
        Key other = _table.Round(_b.Symbol!, each);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(_table.Row([_table.Text("k:"), one]), _table.Row([_table.Text("k:"), other]));
        Assert.Contains(_a.Symbol!, one.Symbols);
        Assert.DoesNotContain(_b.Symbol!, one.Symbols);
    }

    [Fact]
    public void AnAliasIsItsName()
    {
        Key alias = _table.Alias(_a, _table.Row([_table.Text("k:"), _table.Unknown]));
        Assert.Equal(_a, alias);
        Assert.True(alias.IsCertain);
        Assert.Same(_a, _table.Alias(_a, _table.Fickle));
    }

    [Fact]
    public void WhatHasAnUnknownPartIsNotCertain()
    {
        Assert.False(_table.Row([_a, _table.Unknown]).IsCertain);
        Assert.True(_table.Row([_a, _table.Fickle]).IsFickle);
        Assert.False(_table.Row([_a, _table.Unknown]).IsFickle);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void SharingIsNotUnfolded(int levels)
    {
        int before = _table.Count;
        Key key = _a;
        Key sum = _a;
        for (int i = 0; i < levels; i++)
        {
            key = _table.Row([key, key]);
            sum = _table.Operation("Add", null, ImmutableArray.Create(sum, sum));
        }

        Assert.Equal(int.MaxValue, key.Size);
        Assert.Equal(int.MaxValue, sum.Size);
        Assert.InRange(_table.Count - before, levels, 3 * levels);
        Assert.Same(_table.Substitute(key, new Dictionary<ISymbol, Key>(SymbolEqualityComparer.Default)), key);
        Assert.InRange(key.ToString().Length, 1, KeyCaps.Shown);
        Assert.InRange(sum.ToString().Length, 1, KeyCaps.Shown);
    }

    [Fact]
    public void ConstantsThatDoubleDoNotGrow()
    {
        Key key = _table.Text("0123456789");
        for (int i = 0; i < 100; i++)
        {
            key = _table.Row([key, key]);
        }

        Assert.All(Texts(key), text => Assert.InRange(text.Length, 1, KeyCaps.TextLength));
    }

    [Fact]
    public void AKeyOfTooManyVariablesIsNotCertain()
    {
        string names = string.Join(", ", Enumerable.Range(0, KeyCaps.Symbols + 1).Select(i => "p" + i));
        Seen seen = Seen.In($"See($\"{string.Concat(names.Split(", ").Select(name => "{" + name + "}"))}\"); See(p0 + p1);", $"string {names.Replace(", ", " = \"\", ")} = \"\";");
        Assert.Null(seen[0]);
        Assert.NotNull(seen[1]);
    }

    private static IEnumerable<string> Texts(Key key)
    {
        HashSet<int> seen = [];
        Stack<Key> open = new([key]);
        while (open.Count > 0)
        {
            Key next = open.Pop();
            if (next.Kind == KeyKind.Text)
            {
                yield return next.Text!;
            }

            foreach (Key part in next.Parts.Where(part => seen.Add(part.Id)))
            {
                open.Push(part);
            }
        }
    }
}
