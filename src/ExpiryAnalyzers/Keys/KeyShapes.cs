using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// The shapes of keys: what an expression certainly makes of its fixed parts, with a hole for each variable. Keys of one type that have
/// one shape are the same sort of key (<c>session:{id}</c>), though not the same key.
/// </summary>
internal sealed class KeyShapes(DefUse assignments, Summaries summaries)
{
    private const int MaxDepth = 8;

    private static readonly Dictionary<IParameterSymbol, IOperation> NoArguments = new(SymbolEqualityComparer.Default);

    /// <summary>The shape of a key; null where nothing fixed tells it from any other key, as in a wrapper that takes any key.</summary>
    public string? Of(IOperation? key) => key is null ? null : PartsOf(key).Shape;

    /// <summary>The fixed text that a key begins with.</summary>
    public string HeadOf(IOperation key) => PartsOf(key).Head;

    private Parts PartsOf(IOperation key)
    {
        Parts parts = new();
        Collect(key, parts, NoArguments, MaxDepth);
        return parts;
    }

    private void Collect(IOperation part, Parts parts, Dictionary<IParameterSymbol, IOperation> arguments, int depth)
    {
        if (part.ConstantValue is { HasValue: true, Value: var constant })
        {
            parts.AddText(Convert.ToString(constant, CultureInfo.InvariantCulture) ?? "");
            return;
        }

        if (depth == 0)
        {
            parts.AddHole("");
            return;
        }

        depth--;
        switch (part)
        {
            case IConversionOperation conversion:
                Collect(conversion.Operand, parts, arguments, depth + 1);
                break;
            case IParenthesizedOperation parenthesized:
                Collect(parenthesized.Operand, parts, arguments, depth + 1);
                break;
            case IInterpolatedStringOperation interpolated:
                foreach (IInterpolatedStringContentOperation content in interpolated.Parts)
                {
                    Collect(content, parts, arguments, depth);
                }

                break;
            case IInterpolatedStringTextOperation literal:
                Collect(literal.Text, parts, arguments, depth + 1);
                break;
            case IInterpolationOperation hole:
                Collect(hole.Expression, parts, arguments, depth + 1);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.Name: "String" or "RedisKey" } sum:
                Collect(sum.LeftOperand, parts, arguments, depth + 1);
                Collect(sum.RightOperand, parts, arguments, depth + 1);
                break;
            case IObjectCreationOperation { Arguments: [{ } only], Type.Name: "RedisKey" }:
                Collect(only.Value, parts, arguments, depth);
                break;
            case ILocalReferenceOperation { Local: { } local } when IsText(assignments.OnlyValue(local)):
                Collect(assignments.OnlyValue(local)!, parts, arguments, depth);
                break;
            case IParameterReferenceOperation { Parameter: { } parameter } when arguments.TryGetValue(parameter, out IOperation? argument):
                Collect(argument, parts, NoArguments, depth);
                break;
            case IParameterReferenceOperation { Parameter: { } parameter } when Body.IsOfPrimaryConstructor(parameter):
                parts.AddMember(Identity.Name(parameter));
                break;
            case IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member when parts.IsOfOther:
                parts.AddHole(member.Member.Name);
                break;
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                if (summaries.InitializerOf(field.Field)?.ConstantValue is { HasValue: true, Value: string text })
                {
                    parts.AddText(text);
                }
                else
                {
                    parts.AddMember(field.Field.ToDisplayString());
                }

                break;
            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property:
                CollectMember(property.Property, summaries.GetterOf(property.Property), parts, depth);
                break;
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property when summaries.GetterOf(property.Property) is { } getter && IsText(getter):
                CollectOfOther(getter, parts, NoArguments, depth);
                break;
            case IInvocationOperation call:
                Collect(call, parts, arguments, depth);
                break;
            default:
                parts.AddHole(NameOf(part));
                break;
        }
    }

    /// <summary>What a member of another object makes of that object's own members, which are not this one's.</summary>
    private void CollectOfOther(IOperation value, Parts parts, Dictionary<IParameterSymbol, IOperation> arguments, int depth)
    {
        bool before = parts.IsOfOther;
        parts.IsOfOther = true;
        Collect(value, parts, arguments, depth);
        parts.IsOfOther = before;
    }

    private void CollectMember(IPropertySymbol property, IOperation? getter, Parts parts, int depth)
    {
        if (getter is not null)
        {
            Collect(getter, parts, NoArguments, depth);
        }
        else
        {
            parts.AddMember(property.ToDisplayString());
        }
    }

    private void Collect(IInvocationOperation call, Parts parts, Dictionary<IParameterSymbol, IOperation> arguments, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name is "ToString" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim" && call.Instance is { } self)
        {
            Collect(self, parts, arguments, depth);
        }
        else if (method is { Name: "Format", ContainingType.SpecialType: SpecialType.System_String } &&
            call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "format")?.Value.ConstantValue is { HasValue: true, Value: string format })
        {
            CollectFormat(format, parts);
        }
        else if (summaries.ReturnOf(method) is { } returned && IsText(returned))
        {
            // Key(id) => $"session:{id}"
            Dictionary<IParameterSymbol, IOperation> handed = new(SymbolEqualityComparer.Default);
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.Parameter is { } parameter)
                {
                    handed[parameter.OriginalDefinition] = argument.Value is IParameterReferenceOperation { Parameter: { } own } && arguments.TryGetValue(own, out IOperation? outer) ? outer : argument.Value;
                }
            }

            if (call.Instance is null or IInstanceReferenceOperation)
            {
                Collect(returned, parts, handed, depth);
            }
            else
            {
                CollectOfOther(returned, parts, handed, depth);
            }
        }
        else if ((method.Name.IndexOf("Key", StringComparison.Ordinal) >= 0 || method.ContainingType.Name.IndexOf("Key", StringComparison.Ordinal) >= 0) && !call.Arguments.IsEmpty && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, call.SemanticModel?.Compilation.Assembly))
        {
            // A helper that makes keys, too long to be looked into: its name stands for what is fixed.
            parts.AddMember(method.OriginalDefinition.ToDisplayString());
            foreach (IArgumentOperation argument in call.Arguments)
            {
                Collect(argument.Value, parts, arguments, depth);
            }
        }
        else
        {
            parts.AddHole(method.Name);
        }
    }

    /// <summary>The text of a format; what fills its places is not followed.</summary>
    private static void CollectFormat(string format, Parts parts)
    {
        int start = 0;
        for (int open = format.IndexOf('{'); open >= 0 && format.IndexOf('}', open) is var close and > 0; open = format.IndexOf('{', start))
        {
            parts.AddText(format.Substring(start, open - start));
            parts.AddHole("");
            start = close + 1;
        }

        parts.AddText(format.Substring(start));
    }

    /// <summary>Whether an expression is put together of parts, so that some of them may be fixed.</summary>
    private static bool IsText(IOperation? value) => value?.WithoutConversions() switch
    {
        null => false,
        { ConstantValue.HasValue: true } or IInterpolatedStringOperation or IBinaryOperation or IInvocationOperation or IObjectCreationOperation { Type.Name: "RedisKey" } => true,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
        _ => false,
    };

    private static string NameOf(IOperation part) => part switch
    {
        IMemberReferenceOperation member => member.Member.Name,
        _ => DefUse.SymbolOf(part)?.Name ?? "",
    };

    /// <summary>The parts of a key, in order.</summary>
    private sealed class Parts
    {
        private const string Hole = "*";

        private readonly List<string> _parts = [];
        private bool _takesAnyKey;
        private bool _tells;

        /// <summary>Whether the part at hand stands in a member of another object.</summary>
        public bool IsOfOther { get; set; }

        public string? Shape => _tells && !_takesAnyKey ? string.Join("|", _parts) : null;

        public string Head => _parts.FirstOrDefault() is { } first && first.StartsWith("'", StringComparison.Ordinal) ? first.Substring(1) : "";

        public void AddText(string text)
        {
            _tells = _tells || text.Any(char.IsLetter);
            if (_parts.Count > 0 && _parts[_parts.Count - 1].StartsWith("'", StringComparison.Ordinal))
            {
                _parts[_parts.Count - 1] += text;
            }
            else if (text.Length > 0)
            {
                _parts.Add("'" + text);
            }
        }

        public void AddMember(string name)
        {
            _tells = true;
            _parts.Add(name);
        }

        /// <summary>A part that varies. Where it is called a key itself, the code around is a wrapper for keys of any sort.</summary>
        public void AddHole(string name)
        {
            _takesAnyKey = _takesAnyKey || name.IndexOf("key", StringComparison.OrdinalIgnoreCase) >= 0;
            _parts.Add(Hole);
        }
    }
}
