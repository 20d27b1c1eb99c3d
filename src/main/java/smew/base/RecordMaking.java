package smew.base;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Has Jackson make records by reflection, which {@code smew.Launcher} makes native. By itself (3.2) it makes a method handle of each
 * constructor, for whose shapes the JVM writes classes: two hundred for what a server reads before it is ready.
 */
final class RecordMaking extends SimpleModule {

    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new ValueInstantiators.Base() {
            @Override
            public ValueInstantiator modifyValueInstantiator(
                    DeserializationConfig config, BeanDescription.Supplier described, ValueInstantiator made) {
                return described.getBeanClass().isRecord() && made instanceof StdValueInstantiator usual
                        ? new ByReflection(usual)
                        : made;
            }
        });
    }

    private static final class ByReflection extends StdValueInstantiator {

        private static final long serialVersionUID = 1L;

        ByReflection(StdValueInstantiator usual) {
            super(usual);
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] values) {
            if (_withArgsCreator == null || !(_withArgsCreator.getMember() instanceof Constructor<?> constructor)) {
                return super.createFromObjectWith(context, values);
            }
            try {
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (InvocationTargetException failed) {
                Throwable cause = failed.getCause() == null ? failed : failed.getCause();
                return context.handleInstantiationProblem(_valueClass, values, rewrapCtorProblem(context, cause));
            } catch (ReflectiveOperationException failed) {
                return context.handleInstantiationProblem(_valueClass, values, rewrapCtorProblem(context, failed));
            }
        }
    }
}
