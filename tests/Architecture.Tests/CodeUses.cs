using System.Reflection;
using System.Reflection.Emit;

namespace Architecture.Tests;

/// <summary>That code written in <paramref name="From"/> uses <paramref name="Member"/> of <paramref name="Type"/>.</summary>
public sealed record Use(Type From, Type Type, string Member);

/// <summary>Reads what the compiled code really calls, whatever the source looks like.</summary>
public static class CodeUses
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(c => c.Value);

    /// <summary>Every use in the code and the signatures of an assembly, under the outermost type that was written.</summary>
    public static IReadOnlyList<Use> In(Assembly assembly) =>
        [.. assembly.GetTypes().SelectMany(t => OfType(t)).Distinct()];

    /// <summary>The type somebody wrote: not the compiler's nested state machines and closures.</summary>
    public static Type Written(Type type) => type.DeclaringType is { } outer ? Written(outer) : type;

    private static IEnumerable<Use> OfType(Type type)
    {
        var from = Written(type);
        foreach (var mentioned in Signatures(type).SelectMany(Parts))
            yield return new(from, mentioned, "");
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
            foreach (var member in Members(method))
            {
                var owner = member as Type ?? member.DeclaringType;
                if (owner is null)
                    continue;
                foreach (var part in Parts(owner))
                    yield return new(from, part, member is Type ? "" : member.Name);
                if (member is MethodInfo { IsGenericMethod: true } generic)
                    foreach (var part in generic.GetGenericArguments().SelectMany(Parts))
                        yield return new(from, part, "");
            }
    }

    private static IEnumerable<Type> Signatures(Type type) =>
        type.GetInterfaces()
            .Append(type.BaseType)
            .Concat(type.GetFields(Everything).Select(f => f.FieldType))
            .Concat(type.GetProperties(Everything).Select(p => p.PropertyType))
            .Concat(type.GetMethods(Everything).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.GetConstructors(Everything).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
            .OfType<Type>();

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType && !type.IsGenericTypeDefinition
            ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
            : [type];
    }

    private static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray();
        if (code is null)
            yield break;
        var typeArguments = method.DeclaringType is { IsGenericType: true } t ? t.GetGenericArguments() : null;
        var methodArguments = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var op = code[at] == 0xFE ? Codes[(short)(0xFE00 | code[at + 1])] : Codes[code[at]];
            at += op.Size;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += OperandSize(op.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
